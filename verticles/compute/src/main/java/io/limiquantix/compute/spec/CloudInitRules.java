package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.CloudInit;
import java.util.List;
import java.util.regex.Pattern;

/** What a VM may ask cloud-init to do. */
final class CloudInitRules {
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern HOST_NAME = Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
            + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+:~=_-]{0,199}");
    private static final Pattern SHA512_CRYPT =
            Pattern.compile("\\$6\\$(rounds=[1-9][0-9]{3,8}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86}");
    private static final int MOST_KEYS = 64;
    private static final int MOST_KEY_CHARACTERS = 128 * 1024;
    private static final int MOST_PACKAGES = 200;

    private CloudInitRules() {}

    static void check(CloudInit wish, int nics) {
        if (wish.hostName() != null) {
            Check.matches(
                    wish.hostName(),
                    HOST_NAME,
                    "cloudInit.hostName",
                    "a host name is labels of up to 63 letters, digits and hyphens with dots between them.");
        }
        Check.matches(
                wish.user(),
                USER,
                "cloudInit.user",
                "a user name has 1 to 32 lower-case letters, digits, \"_\" or \"-\" and begins with a letter or \"_\".");
        Check.that(
                wish.passwordHash() == null
                        || SHA512_CRYPT.matcher(wish.passwordHash()).matches(),
                "cloudInit.password",
                "A password arrives here as a SHA-512-crypt hash only.");
        Check.that(
                wish.passwordHash() != null || !wish.sshPasswordLogin(),
                "cloudInit.sshPasswordLogin",
                "Logging in with a password needs a password.");
        keys(wish.sshKeys());
        packages(wish.packages());
        if (wish.network() != null) {
            Check.that(nics > 0, "cloudInit.network", "A fixed address needs a network interface.");
            StaticNetworkRules.check(wish.network());
        }
    }

    private static void keys(List<String> keys) {
        Check.that(keys.size() <= MOST_KEYS, "cloudInit.sshKeys", "At most " + MOST_KEYS + " SSH keys are accepted.");
        Check.that(
                keys.stream().mapToInt(String::length).sum() <= MOST_KEY_CHARACTERS,
                "cloudInit.sshKeys",
                "All SSH keys together have at most " + MOST_KEY_CHARACTERS + " characters.");
        for (int i = 0; i < keys.size(); i++) {
            SshPublicKey.check(keys.get(i), "cloudInit.sshKeys[" + i + "]");
        }
    }

    private static void packages(List<String> packages) {
        Check.that(
                packages.size() <= MOST_PACKAGES,
                "cloudInit.packages",
                "At most " + MOST_PACKAGES + " packages are accepted.");
        for (int i = 0; i < packages.size(); i++) {
            Check.matches(
                    packages.get(i), PACKAGE, "cloudInit.packages[" + i + "]", "this is not the name of a package.");
        }
    }
}
