/** The networks that the control plane has this host make. */
@org.jspecify.annotations.NullMarked
package io.limiquantix.host.network;
