package dev.affidavit.store;

/**
 * What is amiss with the disk of a log.
 *
 * @param problem for people
 * @param usableBytes how much this process may still write, according to the file system; quotas and inodes are not in it
 */
public record DiskTrouble(String problem, long usableBytes) {}
