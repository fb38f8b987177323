/**
 * What an application uses: {@link dev.affidavit.AuditLogger} to record events and {@link dev.affidavit.AuditContext}
 * to say once who acts.
 */
@NullMarked
package dev.affidavit;

import org.jspecify.annotations.NullMarked;
