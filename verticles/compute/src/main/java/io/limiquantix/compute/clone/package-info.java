/** What clones of virtual machines are to be. */
@org.jspecify.annotations.NullMarked
package io.limiquantix.compute.clone;
