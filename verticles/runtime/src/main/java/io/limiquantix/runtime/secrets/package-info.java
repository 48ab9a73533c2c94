/** What is kept encrypted in the database. */
@NullMarked
package io.limiquantix.runtime.secrets;

import org.jspecify.annotations.NullMarked;
