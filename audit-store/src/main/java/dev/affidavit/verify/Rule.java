package dev.affidavit.verify;

/** What must hold of a log: a sentence of docs/format.md each, with a name for programs that stays. */
public enum Rule {
    /** The log key and that of epoch 1 are the pinned ones. */
    KEYS_PINNED("keys-pinned"),
    /** The first file of a log has {@code first 0} and epoch 1. */
    LOG_BEGINS("log-begins"),
    /** What is in a seal file are statements, in their form. */
    STATEMENT_FORM("statement-form"),
    /** A seal file begins with the {@code affidavit-segment} of its own name, and has no other. */
    SEAL_BEGINS("seal-begins"),
    /** All statements are of one origin. */
    ONE_ORIGIN("one-origin"),
    /** Each statement is signed by the log key. */
    SIGNED_BY_LOG("signed-by-log"),
    /** Each statement is signed by the key of the epoch that is current. */
    SIGNED_BY_EPOCH("signed-by-epoch"),
    /** A statement names the epoch that is current. */
    EPOCH_CURRENT("epoch-current"),
    /** The epoch of a file is the one that the succession before it certified. */
    EPOCH_CERTIFIED("epoch-certified"),
    /** A succession with {@code rotation} ends each seal file but the last, and names the next. */
    HANDED_OVER("handed-over"),
    /** A file goes on where the one before ends: in number of lines, and in the head over them. */
    FILE_FOLLOWS("file-follows"),
    /** Sizes never get smaller. */
    SIZES_GROW("sizes-grow"),
    /** As many lines are there as a size says. */
    LINES_THERE("lines-there"),
    /** A root is the head of the tree over the lines that are there. */
    ROOT("root"),
    /** A file ends with the line that its last succession says. */
    FILE_ENDS("file-ends"),
    /** There is a seal for each file with lines. */
    SEAL_THERE("seal-there"),
    /** There is a file for each seal over lines, or a record that it was pruned. */
    FILE_THERE("file-there"),
    /** Files and seals are regular files. */
    REGULAR_FILE("regular-file"),
    /** What a prune record says of a file is what that file's own seal says. */
    PRUNE_RECORD("prune-record"),
    /** The log has no break. */
    NO_BREAK("no-break"),
    /** An anchor is a checkpoint of this log. */
    ANCHOR_OF_LOG("anchor-of-log"),
    /** The log has as many lines as an anchor says. */
    ANCHOR_SIZE("anchor-size"),
    /** The lines that an anchor is over are the ones it says. */
    ANCHOR_ROOT("anchor-root"),
    /** What the log sealed once, as an anchor tells, is sealed. */
    ANCHOR_SEALED("anchor-sealed"),
    /** An event from outside is in the log. */
    ANCHOR_EVENT("anchor-event"),
    /** A line between those that are where all events are is there too. */
    ANCHOR_STORED("anchor-stored"),
    /** Each witness that was named has cosigned a checkpoint of this log, and no cosignature of it is bad. */
    COSIGNED("cosigned"),
    /** Every line is sealed. */
    TAIL_SEALED("tail-sealed"),
    /** Information: files were pruned. */
    FILES_PRUNED("files-pruned"),
    /** Information: an anchor is of a part of the log that was pruned. */
    ANCHOR_PRUNED("anchor-pruned");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    /** Its name for programs. */
    public String id() {
        return id;
    }
}
