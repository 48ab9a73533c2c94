package io.limiquantix.runtime.database;

import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * Brings each verticle's schema to the version that this code needs. A schema {@code s} is described by the files
 * {@code db/s/V….sql} on the class path, which never change once they have landed.
 */
public final class Migrations {
    private Migrations() {}

    /** Safe to run by several processes at once: Flyway holds a lock. */
    public static void run(DatabaseAddress address, List<String> schemas) {
        for (String schema : schemas) {
            Flyway.configure()
                    .dataSource(
                            address.jdbcUrl(),
                            address.user(),
                            address.password().reveal())
                    .schemas(schema)
                    .createSchemas(true)
                    .locations("classpath:db/" + schema)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        }
    }
}
