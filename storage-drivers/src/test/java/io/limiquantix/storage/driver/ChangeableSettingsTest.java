package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What says where a pool's data is stays; how it is reached may change. */
class ChangeableSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "local, path, ''",
        "nfs, 'server export', 'version options'",
        "ceph, pool, 'monitors user key'",
        "iscsi, 'target lun volumeGroup thinPool', 'portals chapUser chapPassword mutualUser mutualPassword'"
    })
    void eachDriverSaysWhatMayChange(String driver, String fixed, String changeable) {
        var settings = ServiceLoader.load(StorageDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(driver))
                .findFirst()
                .orElseThrow()
                .settings();
        assertThat(settings)
                .filteredOn(setting -> !setting.changeable())
                .allSatisfy(setting -> assertThat(setting.aboutChange()).contains("Make another pool"))
                .extracting(Setting::name)
                .containsExactly(fixed.split(" ", -1));
        assertThat(settings)
                .filteredOn(Setting::changeable)
                .extracting(Setting::name)
                .containsExactlyInAnyOrder(changeable.isEmpty() ? new String[0] : changeable.split(" ", -1));
    }
}
