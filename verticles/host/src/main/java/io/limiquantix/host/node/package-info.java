/** The gRPC service NodeDaemon: this host's storage for other programs than the control plane. */
@NullMarked
package io.limiquantix.host.node;

import org.jspecify.annotations.NullMarked;
