/**
 * What a person does with a log, without the application that writes it. {@link dev.affidavit.cli.Main} lists the commands;
 * each is a class of its own. Nothing of the product may depend on this package.
 */
@NullMarked
package dev.affidavit.cli;

import org.jspecify.annotations.NullMarked;
