package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.database.DatabaseException;

/** Tells what says something about a task from what only says something about this moment or this process. */
final class Defects {
    /** A task that brought so many runs down is the cause itself. */
    private static final int MOST_RUNS = 10;

    private Defects() {}

    /** Whether another run, later or in another process, may get further, so that this one is only to be given up. */
    static boolean mayPass(Throwable e, ClaimedTask task) {
        return switch (e) {
            case LeaseLostException lost -> true;
            case DatabaseException database -> database.mayPass();
            case StackOverflowError deep -> false;
            case VirtualMachineError sick -> isWorthAnotherRun(task);
            default -> false;
        };
    }

    static boolean isWorthAnotherRun(ClaimedTask task) {
        return task.epoch() < MOST_RUNS;
    }

    /** Whether somebody understood the request and said no, so that asking again is of no use. */
    static boolean isRefusal(FailureException e) {
        return !e.code().isTransient() && e.code() != FailureCode.INTERNAL;
    }
}
