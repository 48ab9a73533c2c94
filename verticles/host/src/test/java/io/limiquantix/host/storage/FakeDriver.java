package io.limiquantix.host.storage;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.HypervisorSecret;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.Volumes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Storage whose server hangs, fails or comes back as a test says. */
final class FakeDriver implements StorageDriver {
    static final String NAME = "fake";
    /** Whether it can be opened and answers. */
    volatile boolean works = true;

    /** Whoever asks waits for it. */
    volatile CountDownLatch answers = new CountDownLatch(0);

    /** What the storage lets in. */
    volatile Set<String> keys = Set.of("hidden", "other");

    /** Whether files are open in a pool, so that it takes no other settings. */
    volatile boolean inUse;
    /** What each open pool was told last. */
    volatile String key = "";

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.required("key", "What opens it.").asSecret());
    }

    @Override
    public StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings) {
        ask();
        requireKnown(settings);
        key = settings.getOrDefault("key", "");
        opened.incrementAndGet();
        return new Pool(poolId);
    }

    private void requireKnown(Map<String, String> settings) {
        if (!keys.contains(settings.getOrDefault("key", ""))) {
            throw StorageException.invalid("settings.key", "The key is wrong.");
        }
    }

    private void ask() {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!works) {
            throw new StorageException(Reason.FAILED, "The server is gone.", Map.of(), new IOException("of this test"));
        }
    }

    private final class Pool implements StoragePool {
        private final UUID id;

        Pool(UUID id) {
            this.id = id;
        }

        @Override
        public UUID id() {
            return id;
        }

        @Override
        public StorageCapabilities capabilities() {
            return new StorageCapabilities(true, true, true, Set.of(VolumeFormat.RAW), Set.of(VolumeFormat.RAW), 512);
        }

        @Override
        public void tryOut(Map<String, String> settings) {
            requireKnown(settings);
        }

        @Override
        public void change(Map<String, String> settings) {
            if (inUse) {
                throw StorageException.conflict("Files of the pool are in use on this host.");
            }
            key = settings.getOrDefault("key", "");
        }

        @Override
        public Capacity capacity() {
            ask();
            requireKnown(Map.of("key", key));
            return new Capacity(100, 50);
        }

        @Override
        public List<HypervisorSecret> hypervisorSecrets() {
            return List.of(new HypervisorSecret(id, "fake " + id, key));
        }

        @Override
        public void release() {
            released.incrementAndGet();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }

        @Override
        public Volumes volumes() {
            throw new UnsupportedOperationException("these tests make no volumes");
        }

        @Override
        public Snapshots snapshots() {
            throw new UnsupportedOperationException("these tests make no snapshots");
        }

        @Override
        public Images images() {
            throw new UnsupportedOperationException("these tests have no images");
        }

        @Override
        public Seeds seeds() {
            throw new UnsupportedOperationException("these tests make no seeds");
        }
    }
}
