/** Networks: what they should be, the tasks that make it so, and what hosts say of them. */
@org.jspecify.annotations.NullMarked
package io.limiquantix.compute.network;
