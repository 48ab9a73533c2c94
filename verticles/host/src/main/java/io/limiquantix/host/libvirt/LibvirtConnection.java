package io.limiquantix.host.libvirt;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to libvirtd, opened again whenever libvirtd comes back. Safe for any thread; calls run on threads of its
 * own, those for one domain in order.
 */
public final class LibvirtConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LibvirtConnection.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int CALL_THREADS = 8;
    private static final int AGENT_THREADS = 4;
    private static final int LONG_THREADS = 4;
    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final int KEEP_ALIVE_MISSES = 3;
    /** The order of calls that are about no domain in particular. */
    private static final UUID NO_DOMAIN = new UUID(0, 0);
    /** libvirt would print each failure to standard error; they all reach us as exceptions. */
    private static final Libvirt.VirErrorCallback QUIET = (data, error) -> LOG.trace("libvirt: {}", error.message);

    private final String uri;
    private final EventLoop eventLoop;
    private final OrderedCalls calls;
    private final OrderedCalls agentCalls;
    private final OrderedCalls longCalls;
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Session session;
    private @Nullable String problem = "libvirt has not been reached yet.";
    private boolean open = true;

    private LibvirtConnection(String uri, EventLoop eventLoop, Clock clock) {
        this.uri = uri;
        this.eventLoop = eventLoop;
        this.calls = new OrderedCalls("libvirt-call", CALL_THREADS, clock);
        this.agentCalls = new OrderedCalls("libvirt-agent", AGENT_THREADS, clock);
        this.longCalls = new OrderedCalls("libvirt-long", LONG_THREADS, clock);
    }

    /** Hears of the connection's life, on the thread that watches it. */
    interface Observer {
        /** A new connection: events have to be asked for anew. */
        void connected(Connect connect) throws LibvirtException;

        /** From now on calls reach libvirt through it. */
        void usable();

        /** The connection is about to be closed: libvirt must not call back into it any more. */
        void closing(Connect connect) throws LibvirtException;
    }

    /** What is done with a domain. */
    interface DomainUse<T> {
        T with(Domain domain) throws LibvirtException;
    }

    /** A connection that is not opened before {@link #start}, so that nobody who wants to observe it comes too late. */
    public static LibvirtConnection to(String uri, Clock clock) {
        try {
            EventLoop loop = EventLoop.start();
            Connect.setErrorCallback(QUIET);
            return new LibvirtConnection(uri, loop, clock);
        } catch (LibvirtException e) {
            throw new IllegalStateException("libvirt's event loop cannot be registered", e);
        }
    }

    /** Begins to connect and returns at once. */
    public void start() {
        Thread.ofPlatform().name("libvirt-watch").daemon().start(this::watch);
    }

    /** Waits until libvirt can be used, for so long at most. */
    public void awaitFirst(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (session == null && open && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    void observe(Observer observer) {
        observers.add(observer);
    }

    /** Why libvirt cannot be used now, in a sentence; empty while it can. */
    public Optional<String> problem() {
        lock.lock();
        try {
            return Optional.ofNullable(problem);
        } finally {
            lock.unlock();
        }
    }

    /** Calls libvirt about the host as a whole. */
    <T> T call(String what, Instant deadline, Session.Use<T> use) {
        return run(calls, NO_DOMAIN, what, deadline, use);
    }

    /** Calls libvirt about one domain, after the calls about it that came before. */
    <T> T callFor(UUID vmId, String what, Instant deadline, Session.Use<T> use) {
        return run(calls, vmId, what, deadline, use);
    }

    /** The same with the domain looked up, and freed afterwards. */
    <T> T withDomain(UUID vmId, String what, Instant deadline, DomainUse<T> use) {
        return run(calls, vmId, what, deadline, connect -> use(connect, vmId, use));
    }

    /** The same for calls that wait for the guest's agent, which must not hold up others. */
    <T> T withAgent(UUID vmId, String what, Instant deadline, DomainUse<T> use) {
        return run(agentCalls, vmId, what, deadline, connect -> use(connect, vmId, use));
    }

    /** The same for calls that write or read a guest's memory, while others ask for the domain. */
    <T> T withDomainAtLength(UUID vmId, String what, Instant deadline, DomainUse<T> use) {
        return run(longCalls, vmId, what, deadline, connect -> use(connect, vmId, use));
    }

    private static <T> T use(Connect connect, UUID vmId, DomainUse<T> use) throws LibvirtException {
        Domain domain = connect.domainLookupByUUID(vmId);
        try {
            return use.with(domain);
        } finally {
            domain.free();
        }
    }

    private <T> T run(OrderedCalls pool, UUID key, String what, Instant deadline, Session.Use<T> use) {
        Session now = current();
        try {
            return pool.run(key, deadline, () -> now.use(connect -> attempt(what, connect, use)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(Failure.of(FailureCode.TIMEOUT, what + ": interrupted."), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(what, e);
        }
    }

    private <T> T attempt(String what, Connect connect, Session.Use<T> use) {
        try {
            return use.with(connect);
        } catch (LibvirtException e) {
            wakeWatch();
            throw LibvirtFailures.of(what, e, Session.isAlive(connect));
        }
    }

    private Session current() {
        lock.lock();
        try {
            if (session == null) {
                throw FailureException.of(FailureCode.UNAVAILABLE, "libvirt cannot be used now: " + problem);
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    private void wakeWatch() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One thread's life: connect, look after the connection, connect again. */
    private void watch() {
        lock.lock();
        try {
            while (open) {
                Session now = session;
                if (now != null && !now.isAlive()) {
                    LOG.warn("the connection to libvirt at {} is lost", uri);
                    drop("The connection to libvirt was lost.");
                } else if (now == null) {
                    connect();
                }
                boolean woken = changed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                LOG.trace("looking after the connection, woken: {}", woken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void drop(String why) {
        if (session != null) {
            session.retire();
        }
        session = null;
        problem = why;
    }

    /** Opening may take long when libvirtd hangs, so others must not wait for it. */
    private void connect() {
        lock.unlock();
        @Nullable Session fresh = null;
        String failure = "";
        try {
            fresh = tryConnect();
        } catch (LibvirtException | RuntimeException e) {
            LOG.debug("libvirt does not answer at {}", uri, e);
            failure = "libvirt does not answer at " + uri + ": " + e.getMessage();
        } finally {
            lock.lock();
        }
        if (fresh == null) {
            problem = failure;
        } else {
            LOG.info("connected to libvirt at {}", uri);
            session = fresh;
            problem = null;
            changed.signalAll();
            observers.forEach(Observer::usable);
        }
    }

    /** A driver that works in this process, as libvirt's own one for tests, has no connection that could break. */
    private static void keepAlive(Connect connect) throws LibvirtException {
        try {
            connect.setKeepAlive(KEEP_ALIVE_SECONDS, KEEP_ALIVE_MISSES);
        } catch (LibvirtException e) {
            if (!LibvirtFailures.isUnsupported(e)) {
                throw e;
            }
        }
    }

    private Session tryConnect() throws LibvirtException {
        Session fresh = new Session(new Connect(uri), this::beforeClosing);
        try {
            fresh.use(connect -> {
                keepAlive(connect);
                for (Observer observer : observers) {
                    observer.connected(connect);
                }
                return true;
            });
            return fresh;
        } catch (LibvirtException | RuntimeException e) {
            fresh.retire();
            throw e;
        }
    }

    private void beforeClosing(Connect connect) throws LibvirtException {
        for (Observer observer : observers) {
            observer.closing(connect);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            open = false;
            drop("This host's service is stopping.");
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        calls.close();
        agentCalls.close();
        longCalls.close();
        eventLoop.close();
    }
}
