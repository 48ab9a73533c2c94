package io.limiquantix.runtime;

import io.limiquantix.runtime.changes.ChangeFeed;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.secrets.SecretBox;
import io.limiquantix.runtime.tasks.Tasks;

/** What a verticle of the control plane stands on besides: the database, and what is kept in it for all. */
public record ControlPlane(Platform platform, Database database, Tasks tasks, ChangeFeed changes, SecretBox secrets) {}
