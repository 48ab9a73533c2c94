/** First-boot configuration for cloud-init's NoCloud data source. */
@NullMarked
package io.limiquantix.host.seed;

import org.jspecify.annotations.NullMarked;
