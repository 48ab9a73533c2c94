/** Runs command line tools: argument vectors, never a shell; deadlines; bounded output; limits on what they may use. */
@NullMarked
package io.limiquantix.storage.driver.tool;

import org.jspecify.annotations.NullMarked;
