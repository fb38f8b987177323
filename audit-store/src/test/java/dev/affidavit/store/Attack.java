package dev.affidavit.store;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an attacker does at a moment when the log has 97 lines, of which 90 are sealed and seven are not yet; epochs ended at
 * 40 and 70 lines. The names are those of docs/tamper-evidence.md.
 */
enum Attack {
    FLIP_A_BYTE("flip a byte") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            List<String> lines = attacker.lines();
            lines.set(30, lines.get(30).replace("line 30", "line 31"));
            attacker.write(lines);
        }
    },
    EDIT("edit a line of an earlier epoch, make all seals anew") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            List<String> lines = attacker.lines();
            lines.set(30, "nothing happened");
            attacker.makeAnew(lines, true);
        }
    },
    DELETE("delete a line of an earlier epoch, make all seals anew") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            List<String> lines = attacker.lines();
            lines.remove(30);
            attacker.makeAnew(lines, true);
        }
    },
    SWAP("swap two lines of an earlier epoch, make all seals anew") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            List<String> lines = attacker.lines();
            lines.add(30, lines.remove(31));
            attacker.makeAnew(lines, true);
        }
    },
    EDIT_NOW("edit a line of the live epoch, sign anew with its key") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            List<String> lines = attacker.lines();
            lines.set(75, "nothing happened");
            attacker.signAnew(lines);
        }
    },
    CUT("cut lines and seals, stop") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            attacker.cut(60);
        }
    },
    CUT_AND_GO_ON("cut lines and seals of an earlier epoch, go on") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            attacker.cut(60);
            attacker.goOn(more());
        }
    },
    CUT_NOW_AND_GO_ON("cut lines and seals of the live epoch, go on") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            attacker.cut(80);
            attacker.goOn(more());
        }
    },
    EDIT_UNSEALED("edit a line behind the last seal") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            List<String> lines = attacker.lines();
            lines.set(95, "nothing happened");
            attacker.write(lines);
        }
    },
    CUT_UNSEALED("cut lines behind the last seal") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            attacker.write(attacker.lines().subList(0, 92));
        }
    },
    WIPE("wipe all, begin a new log with other keys") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            attacker.makeAnew(more(), false);
        }
    },
    ROLL_BACK("put back an older copy of everything, keys too") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            attacker.putBack(snapshot);
        }
    },
    ROLL_BACK_AND_GO_ON("put back an older copy of everything, go on") {
        @Override
        void on(Attacker attacker, Path snapshot) throws Exception {
            attacker.putBack(snapshot);
            attacker.goOn(more());
        }
    };

    private final String called;

    Attack(String called) {
        this.called = called;
    }

    String called() {
        return called;
    }

    abstract void on(Attacker attacker, Path snapshot) throws Exception;

    private static List<String> more() {
        return IntStream.range(0, 60).mapToObj(i -> "another " + i).toList();
    }
}
