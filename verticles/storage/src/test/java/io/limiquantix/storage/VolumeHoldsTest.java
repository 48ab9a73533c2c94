package io.limiquantix.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.runtime.id.Uuid7;
import org.junit.jupiter.api.Test;

class VolumeHoldsTest {
    @Test
    void areToldFromSnapshotsThatPeopleHaveByTheirIds() {
        assertThat(VolumeHolds.newId().version()).isEqualTo(8);
        assertThat(VolumeHolds.newId()).isNotEqualTo(VolumeHolds.newId());
        assertThat(Uuid7.next().version()).isEqualTo(7);
    }
}
