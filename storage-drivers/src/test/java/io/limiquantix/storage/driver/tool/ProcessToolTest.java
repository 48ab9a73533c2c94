package io.limiquantix.storage.driver.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessToolTest {
    private final ProcessTool tool = new ProcessTool();

    @Test
    void handsArgumentsOverUntouched() {
        String hostile = "$(id); `id` | > /dev/null 'x' \"y\" \\ \n -n";
        assertThat(tool.run(CommandLine.of("printf", "%s", hostile))).isEqualTo(hostile);
    }

    @Test
    void carriesTheErrorOutputInTheFailure() {
        assertThatThrownBy(() -> tool.run(CommandLine.of("ls", "--", "/does/not/exist")))
                .isInstanceOfSatisfying(ToolException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ToolException.Kind.FAILED);
                    assertThat(e.errorOutput()).contains("No such file");
                });
    }

    @Test
    void saysWhichProgramIsMissing() {
        assertThatThrownBy(() -> tool.run(CommandLine.of("no-such-program")))
                .isInstanceOfSatisfying(
                        ToolException.class, e -> assertThat(e.kind()).isEqualTo(ToolException.Kind.NOT_RUN))
                .hasMessageContaining("no-such-program");
    }

    @Test
    void killsTheToolAndItsChildrenAtTheDeadline() {
        var slow = CommandLine.of("sh", "-c", "sleep 61.25 & wait").within(Duration.ofMillis(200));
        assertThatThrownBy(() -> tool.run(slow)).isInstanceOfSatisfying(ToolException.class, e -> assertThat(e.kind())
                .isEqualTo(ToolException.Kind.KILLED));
        assertThat(ProcessHandle.allProcesses()
                        .filter(p ->
                                p.isAlive() && p.info().commandLine().orElse("").equals("sleep 61.25")))
                .isEmpty();
    }

    @Test
    void refusesEndlessOutput() {
        assertThatThrownBy(() -> tool.run(CommandLine.of("head", "-c", "6000000", "/dev/zero")))
                .hasMessageContaining("too much");
    }

    @Test
    void limitsMemoryAndProcessorTime() {
        var hungry = CommandLine.of("head", "-c", "1", "/dev/zero").limitedTo(new Limits(1, 1 << 20));
        assertThatThrownBy(() -> tool.run(hungry)).isInstanceOf(ToolException.class);
        var busy = CommandLine.of("sh", "-c", "while :; do :; done").limitedTo(new Limits(1, 1 << 30));
        assertThatThrownBy(() -> tool.run(busy.within(Duration.ofSeconds(20)))).hasMessageContaining("code");
    }

    @Test
    void refusesNulInWords() {
        assertThatThrownBy(() -> CommandLine.of("ls", "a\0b")).isInstanceOf(IllegalArgumentException.class);
    }
}
