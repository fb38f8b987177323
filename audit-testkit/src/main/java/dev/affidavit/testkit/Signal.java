package dev.affidavit.testkit;

import java.util.List;

/** What makes processes read their files again, hang, go on or end. */
public enum Signal {
    HUP,
    INT,
    KILL,
    STOP,
    CONT;

    /**
     * Sends it to each of them, in order.
     *
     * @throws IllegalStateException if one did not get it and lives
     */
    public void to(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            try {
                Command.run("kill", "-" + name(), Long.toString(process.pid()));
            } catch (IllegalStateException e) {
                if (process.isAlive()) {
                    throw e;
                }
            }
        }
    }

    public void to(Process process) {
        to(List.of(process.toHandle()));
    }
}
