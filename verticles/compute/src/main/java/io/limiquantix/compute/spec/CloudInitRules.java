package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.runtime.ssh.SshPublicKey;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
        hostName(wish.hostName(), "cloudInit.hostName");
        account(wish.user(), wish.passwordHash(), "cloudInit");
        Check.that(
                wish.passwordHash() != null || !wish.sshPasswordLogin(),
                "cloudInit.sshPasswordLogin",
                "Logging in with a password needs a password.");
        keys(wish.sshKeys(), "cloudInit.sshKeys");
        packages(wish.packages());
        if (wish.network() != null) {
            Check.that(nics > 0, "cloudInit.network", "A fixed address needs a network interface.");
            StaticNetworkRules.check(wish.network());
        }
        NicAddressRules.check(wish, nics);
        GuestSettingRules.check(wish);
    }

    /** @param place of the fields in the request */
    static void account(String user, @Nullable String passwordHash, String place) {
        Check.matches(
                user,
                USER,
                place + ".user",
                "a user name has 1 to 32 lower-case letters, digits, \"_\" or \"-\" and begins with a letter or \"_\".");
        Check.that(
                passwordHash == null || SHA512_CRYPT.matcher(passwordHash).matches(),
                place + ".password",
                "A password arrives here as a SHA-512-crypt hash only.");
    }

    static boolean isHostName(String name) {
        return HOST_NAME.matcher(name).matches();
    }

    static void hostName(@Nullable String name, String field) {
        if (name != null) {
            Check.matches(
                    name,
                    HOST_NAME,
                    field,
                    "a host name is labels of up to 63 letters, digits and hyphens with dots between them.");
        }
    }

    static void keys(List<String> keys, String field) {
        Check.that(keys.size() <= MOST_KEYS, field, "At most " + MOST_KEYS + " SSH keys are accepted.");
        Check.that(
                keys.stream().mapToInt(String::length).sum() <= MOST_KEY_CHARACTERS,
                field,
                "All SSH keys together have at most " + MOST_KEY_CHARACTERS + " characters.");
        for (int i = 0; i < keys.size(); i++) {
            String place = field + "[" + i + "]";
            SshPublicKey.problem(keys.get(i)).ifPresent(problem -> Check.that(false, place, "This SSH key " + problem));
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
