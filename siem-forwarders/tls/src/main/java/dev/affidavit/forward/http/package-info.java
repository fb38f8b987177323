/** What answers of HTTP say to every forwarder that speaks it. */
package dev.affidavit.forward.http;
