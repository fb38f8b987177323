/**
 * What attackers, accidents and other people's code put into events, and a reader that shares nothing with the product to
 * hold the lines to it. The contracts run over a {@link dev.affidavit.testkit.appender.FrameworkUnderTest}.
 */
@NullMarked
package dev.affidavit.testkit.hostile;

import org.jspecify.annotations.NullMarked;
