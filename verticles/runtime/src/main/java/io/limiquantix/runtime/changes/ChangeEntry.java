package io.limiquantix.runtime.changes;

import io.limiquantix.runtime.database.Transaction.Change;
import java.util.UUID;

/** One change of one thing. */
public record ChangeEntry(ChangeCursor cursor, String kind, UUID objectId, Change change) {}
