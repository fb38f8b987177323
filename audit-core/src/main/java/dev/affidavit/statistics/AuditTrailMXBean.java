package dev.affidavit.statistics;

import java.util.List;

/**
 * One trail, as JMX shows it under {@code dev.affidavit:type=AuditTrail,directory="…"}. Counts are since the trail was
 * opened; times are ISO 8601 in UTC; what does not exist yet is an empty text.
 */
public interface AuditTrailMXBean {
    String getName();

    /** The real path. */
    String getDirectory();

    String getLogId();

    /** Events recorded, the log's own included. */
    long getRecorded();

    /** Events that were not recorded, and whose caller was told. */
    long getFailed();

    /** Events that were not recorded, and whose caller was not told. */
    long getLost();

    /** Events written and not yet known to be on the device. */
    long getBuffered();

    /** How many events may be buffered before a force begins. */
    int getBufferSize();

    /** In milliseconds, with the unit: {@code 5000ms}. */
    String getFlushInterval();

    String getDurability();

    String getOnFailure();

    long getMaxFileSizeBytes();

    int getMaxFiles();

    /** In milliseconds, with the unit. */
    String getRotationInterval();

    /** In milliseconds, with the unit. */
    String getMaxAge();

    /** In milliseconds, with the unit. */
    String getMinAge();

    /** -1 if there is no such limit. */
    long getMaxBytes();

    String getUnshipped();

    /** The file being written. */
    String getSegment();

    long getSegmentBytes();

    int getSegments();

    /** How often another file was begun. */
    long getRotations();

    /** What all files hold. */
    long getBytes();

    String getOldestSegment();

    long getRemovedSegments();

    /** How many of the removed files a forwarder had not delivered. */
    long getDroppedSegments();

    /** The names of the holds that keep retention from removing anything. */
    List<String> getLegalHolds();

    /** How much this process may still write to the disk, as seen within the last half minute; -1 before that. */
    long getUsableBytes();

    /** How much of {@code diskReserve} is held. */
    long getReserveBytes();

    long getForces();

    /** Forces that the device refused; what they were for was copied to a new file. */
    long getRefusedForces();

    /** Events that were copied so. */
    long getRescuedEvents();

    /** How long all forces took. */
    double getForcesMillis();

    String getLastForce();

    double getLastForceMillis();

    /** The name of the seals, a slash and the log id behind it; empty if the log is not sealed. */
    String getSealOrigin();

    /** In milliseconds, with the unit; empty if the log is not sealed. */
    String getSealInterval();

    /** In milliseconds, with the unit; empty if the log is not sealed. */
    String getAnchorInterval();

    /** How many events of the log, since it was begun, its seals are over; -1 if it is not sealed. */
    long getSealedEvents();

    /** The epoch of keys that is current; -1 if the log is not sealed. */
    long getSealEpoch();

    boolean isAsyncStage();

    String getLastError();

    String getLastErrorAt();

    /** One text for each forwarder, for people: name, destination, state, lines delivered, lag, last error. */
    List<String> getForwarders();

    /** The same and more, for programs. */
    List<ForwarderInfo> getForwarderDetails();

    /** One text for each listener: name, events told, failed at and missed, last error. */
    List<String> getListeners();

    /** One text for each witness: name, where, state, up to which line it cosigned and when, failures, last error. */
    List<String> getWitnesses();
}
