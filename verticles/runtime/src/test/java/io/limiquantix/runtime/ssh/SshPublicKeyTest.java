package io.limiquantix.runtime.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshPublicKeyTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIQcJwUTvnqCq61vs9YQ1CWWphZ2ZsMyR96RjWGJ+n7z me here";

    /** Keys and fingerprints are what ssh-keygen made and says of them. */
    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIQcJwUTvnqCq61vs9YQ1CWWphZ2ZsMyR96RjWGJ+n7z me here, SHA256:8bkqvPbEwOKwjoO82KH/MCGrzEABx7evyHaM0UHKCJQ, ssh-ed25519, me here",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDAEonqzJZou6UjMmBmP4s3xWB9G8CfuakB3ydl1Ch8zCuBlCA326VJAb51R3Q6FDFDDwMAANfiJMkGsxoYo2b0LnBxwpH9Fz1uTsrI2m8HslcrsAloJNl3olSbI48LnqgTAWy13Ly8QNuw8+oO/Ym0/LY6xircZp6mcyRULOcgf9MrFTABOc+vXF2nVxuWiPO/CHgbJ5IfsWuXiQXNSNQ7BcRGpXjhTExRVOJR2Qe5vvB6BAim/YKOTRL4M8Y//fuSBmioo4Xt083n2l2L6MKTjLVV+1yUiNqvtHoJ1lO2e6WbRmY7A6vQrg+vom4DNWi6sOrsy6Suis4mOxjm2iA5 , SHA256:u4PgNZ4KLRbXyGD87xnzAXzjjVGfebAnJvlqy2QZsLI, ssh-rsa, ''",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJx8A7zsqYBNDXv4tFWUDtzeVQ/UcfeL3YeJ0kIpwLwDtXslR0e01OCignW3xJGtfk4pAk+Xgr3Xvmt58lC3p5s= c, SHA256:oJpC3A7jyDNvlxbBsAaT1sxPWOdH4aWrI0zHSAwhcTI, ecdsa-sha2-nistp256, c"
    })
    void aKeyIsReadAndHasTheFingerprintThatSshKeygenShows(
            String line, String fingerprint, String type, String comment) {
        SshPublicKey key = SshPublicKey.parse(line);
        assertThat(key.fingerprint()).isEqualTo(fingerprint);
        assertThat(key.type()).isEqualTo(type);
        assertThat(key.comment()).isEqualTo(comment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 ",
                "ssh-dss AAAAB3NzaC1kc3M=",
                "command=\"id\" ssh-ed25519 AAAA",
                "ssh-ed25519 AAAA!",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQ==",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA\nssh-rsa AAAA",
                "-----BEGIN OPENSSH PRIVATE KEY-----"
            })
    void whatIsNoKeyIsRefused(String line) {
        assertThat(SshPublicKey.problem(line)).isPresent();
        assertThatThrownBy(() -> SshPublicKey.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyUnderAnothersNameIsRefused() {
        assertThat(SshPublicKey.problem(KEY.replace("ssh-ed25519 ", "ssh-rsa ")))
                .isPresent();
        assertThat(SshPublicKey.problem(KEY.substring(0, 60))).isPresent();
    }
}
