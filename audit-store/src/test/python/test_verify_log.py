"""Holds verify_log.py to small logs: as they were sealed, as a crash leaves them, and as somebody changed them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import verify_log
from sample_log import ORIGIN, TIME, SampleLog, SigningKey, encoded, epoch_key, log_key, note


class LogTest(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.scratch)
        self.directory = os.path.join(self.scratch, "log")
        os.mkdir(self.directory)
        self.pins = self.file("pins", "# of the log, and of epoch 1\n%s\n%s\n" % (log_key(), epoch_key(1)))

    def file(self, name, text):
        path = os.path.join(self.scratch, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def log(self):
        return SampleLog(self.directory)

    def three_files(self):
        """One of 5 lines in two epochs, one of 4, one of 3."""
        log = self.log().write(3).checkpoint().succeed().write(2).rotate().write(4).rotate().write(3).checkpoint()
        self.assert_verdict("sealed")
        return log

    def read(self, *names):
        with open(os.path.join(self.directory, *names), "rb") as file:
            return file.read()

    def put(self, data, *names):
        with open(os.path.join(self.directory, *names), "wb") as file:
            file.write(data)

    def replace(self, name, old, new):
        data = self.read(name)
        self.assertIn(old, data)
        self.put(data.replace(old, new, 1), name)

    def notes(self, name):
        parts = self.read(name).split(b"\n\n")
        return [text + b"\n\n" + signatures + b"\n\n" for text, signatures in zip(parts[::2], parts[1::2])]

    def anchor(self, log, *keys):
        return self.file("anchor", note(log.checkpoint_text(), *(keys or [log.log_key, log.key()])).decode())

    def verify(self, *against, pins=None):
        return verify_log.verify(self.directory, self.pins if pins is None else pins, against)

    def assert_verdict(self, expected, *against, **given):
        result = self.verify(*against, **given)
        self.assertEqual(result["verdict"], expected, result["findings"])
        return result


class TestIntactLogs(LogTest):
    def test_counts(self):
        self.three_files().write(2)
        result = self.assert_verdict("tail")
        self.assertEqual([result[key] for key in ("lines", "sealed", "tail", "epochs")], [14, 12, 2, 4])

    def test_every_size(self):
        log = self.log()
        for size in range(20):
            with self.subTest(size=size):
                self.assert_verdict("anchored", self.anchor(log))
                log.write(1).checkpoint()

    def test_range_of_every_size(self):
        log = self.log()
        for _ in range(20):
            log.write(1).rotate()
        self.assert_verdict("sealed")

    def test_removed_files(self):
        log = self.three_files()
        log.prune(log.files[0])
        self.assert_verdict("sealed")
        log.rotate().write(1).prune(log.files[1])
        self.assert_verdict("tail")
        log.prune(log.files[2]).checkpoint()
        self.assertEqual(self.assert_verdict("sealed")["lines"], 1)

    def test_removal_recorded_in_a_file_that_was_removed_too(self):
        log = self.three_files()
        log.prune(log.files[0])
        log.rotate().write(1).checkpoint().prune(log.files[1]).prune(log.files[2])
        self.assert_verdict("sealed")

    def test_witness_of_others(self):
        log = self.log().write(1)
        log.state(log.checkpoint_text(), keys=[log.log_key, log.key(), SigningKey("witness.example.com", "witness")])
        self.assert_verdict("sealed")

    def test_refused_file(self):
        log = self.log().write(3).checkpoint()
        good = len(self.read(log.name))
        refused = log.name
        log.append(refused, b"anything")
        log.poison(good, log.next_name())
        self.assert_verdict("sealed")
        log.rotate().write(2).checkpoint()
        log.append(refused, b" that was not forced\n")
        self.assert_verdict("sealed")
        log.remove(os.path.join(".affidavit", "poisoned", refused))
        self.assert_verdict("tampered")


class TestCrashes(LogTest):
    def test_unsealed_lines_in_later_files(self):
        log = self.three_files().write(1)
        log.files.append(log.next_name())
        log.write(1)
        self.assertEqual(self.assert_verdict("tail")["tail"], 2)

    def test_unfinished_line(self):
        log = self.three_files()
        log.append(log.name, b'{"n":')
        self.assert_verdict("sealed")

    def test_lines_that_were_not_written(self):
        log = self.three_files()
        log.append(log.name, b"\0\0\n\0{}\n")
        self.assert_verdict("sealed")
        log.append(log.name, b"{}\n")
        self.assert_verdict("tail")

    def test_unfinished_statement_of_every_length(self):
        log = self.log().write(3).checkpoint().write(1)
        sound = self.read(log.seal)
        for make in (log.checkpoint, log.succeed, lambda: log.say_prune(log.name)):
            log.ranges[log.name] = (0, 4, log.tree.head())
            make()
            longer = self.read(log.seal)
            for length in range(len(sound), len(longer)):
                self.put(longer[:length], log.seal)
                self.assert_verdict("tail")
            self.put(sound, log.seal)
            log.epoch = 1

    def test_unfinished_next_seal_is_no_state_of_a_crash(self):
        log = self.three_files()
        self.put(self.read(log.seal)[:50], log.seal)
        self.assert_verdict("tampered")

    def test_sectors_that_were_not_written(self):
        log = self.log().write(3).checkpoint().write(1)
        sound = len(self.read(log.seal))
        whole = self.read(log.checkpoint().seal)
        boundary = (sound // 512 + 1) * 512
        self.assertLess(boundary, len(whole))
        for begin, end in ((boundary, len(whole)), (sound, boundary), (sound, len(whole))):
            self.put(whole[:begin] + bytes(end - begin) + whole[end:], log.seal)
            self.assert_verdict("tail")
        self.put(whole[:boundary + 1] + bytes(len(whole) - boundary - 1), log.seal)
        self.assert_verdict("tampered")

    def test_seal_that_was_begun_and_not_handed_over_to(self):
        log = self.three_files()
        log.start_seal(log.next_name(), log.epoch + 1)
        self.assert_verdict("sealed")
        log.checkpoint()
        self.assert_verdict("sealed")
        log.append(log.seal, b"affidavit-succ")
        self.assert_verdict("sealed")

    def test_next_file_that_was_not_written_to(self):
        log = self.three_files().rotate()
        self.assert_verdict("sealed")
        log.remove(log.name)
        self.assert_verdict("sealed")

    def test_first_file_that_was_not_written_to(self):
        log = self.log()
        log.remove(log.name)
        self.assert_verdict("sealed")

    def test_each_step_of_a_removal(self):
        log = self.three_files()
        name = log.files[0]
        log.say_prune(name)
        self.assert_verdict("sealed")
        for length in range(0, len(log.block(name)), 100):
            self.put(log.block(name)[:length], "pruned.seal")
            self.assert_verdict("sealed")
        self.put(log.block(name), "pruned.seal")
        self.assert_verdict("sealed")
        log.remove(name)
        self.assert_verdict("sealed")
        log.remove(name + ".seal")
        self.assert_verdict("sealed")


class TestDamages(LogTest):
    def test_no_byte_of_a_line_can_change(self):
        log = self.three_files()
        for name in log.files:
            sound = self.read(name)
            for at in range(len(sound)):
                changed = bytearray(sound)
                changed[at] ^= 1
                self.put(bytes(changed), name)
                self.assertIn(self.verify()["verdict"], ("tampered", "truncated"))
            self.put(sound, name)

    def test_no_byte_of_a_seal_can_change(self):
        log = self.three_files()
        log.prune(log.files[0])
        for name in (log.files[1] + ".seal", log.seal, "pruned.seal"):
            sound = self.read(name)
            for at in range(0, len(sound), 7):
                changed = bytearray(sound)
                changed[at] ^= 1
                self.put(bytes(changed), name)
                self.assertNotIn(self.verify()["verdict"], verify_log.SOUND, (name, at))
            self.put(sound, name)

    def test_missing_lines_of_the_last_file(self):
        log = self.three_files()
        self.put(self.read(log.name)[:-8], log.name)
        self.assert_verdict("truncated")

    def test_missing_lines_of_an_earlier_file(self):
        log = self.three_files()
        lines = self.read(log.files[1]).splitlines(True)
        self.put(b"".join(lines[:-1]), log.files[1])
        self.assert_verdict("tampered")

    def test_lines_that_were_moved_or_added(self):
        log = self.three_files()
        lines = self.read(log.files[1]).splitlines(True)
        for changed in (lines[1:] + lines[:1], lines + [b"{}\n"], [b"{}\n"] + lines, lines + lines[-1:]):
            self.put(b"".join(changed), log.files[1])
            self.assert_verdict("tampered")

    def test_missing_file(self):
        for at in range(3):
            with self.subTest(at=at):
                log = self.three_files()
                log.remove(log.files[at])
                self.assert_verdict("truncated" if at == 2 else "tampered")
                shutil.rmtree(self.directory)
                os.mkdir(self.directory)

    def test_missing_seal(self):
        log = self.three_files()
        for name in log.files:
            sound = self.read(name + ".seal")
            log.remove(name + ".seal")
            self.assert_verdict("seal-missing")
            self.put(sound, name + ".seal")

    def test_missing_file_and_seal(self):
        for at in range(3):
            with self.subTest(at=at):
                log = self.three_files()
                log.remove(log.files[at])
                log.remove(log.files[at] + ".seal")
                self.assert_verdict("truncated" if at == 2 else "seal-missing")
                shutil.rmtree(self.directory)
                os.mkdir(self.directory)

    def test_nothing_is_left(self):
        self.assert_verdict("seal-missing")

    def test_no_seals(self):
        log = self.three_files()
        for name in log.files:
            log.remove(name + ".seal")
        self.assert_verdict("seal-missing")

    def test_file_in_between(self):
        self.three_files()
        self.put(b"{}\n", "security_audit_2026-11-21_10-00-00_001.log")
        self.assert_verdict("seal-missing")

    def test_missing_statements(self):
        log = self.three_files()
        for name in log.files[:2]:
            sound = self.notes(name + ".seal")
            for at in range(len(sound)):
                self.put(b"".join(sound[:at] + sound[at + 1:]), name + ".seal")
                verdict = self.verify()["verdict"]
                is_checkpoint = not sound[at].startswith(b"affidavit-")
                self.assertEqual(verdict, "sealed" if is_checkpoint else "tampered", (name, at))
            self.put(b"".join(sound), name + ".seal")

    def test_missing_removed_files(self):
        log = self.three_files()
        log.prune(log.files[0])
        log.rotate().write(1).checkpoint().prune(log.files[1])
        sound = self.notes("pruned.seal")
        for at in range(len(sound)):
            with self.subTest(at=at):
                self.put(b"".join(sound[:at] + sound[at + 1:]), "pruned.seal")
                is_checkpoint = not sound[at].startswith(b"affidavit-")
                verdict = self.verify()["verdict"]
                self.assertEqual(verdict in verify_log.SOUND, is_checkpoint, verdict)
        log.remove("pruned.seal")
        self.assert_verdict("seal-missing")

    def test_removal_that_nothing_records(self):
        log = self.three_files()
        log.keep_seal(log.files[0])
        log.remove(log.files[0])
        log.remove(log.files[0] + ".seal")
        self.assert_verdict("tampered")

    def test_file_that_came_back(self):
        log = self.three_files()
        lines = self.read(log.files[0])
        log.prune(log.files[0])
        self.put(lines, log.files[0])
        self.assert_verdict("seal-missing")

    def test_statement_behind_a_rotation(self):
        log = self.three_files()
        rotated = log.files[1] + ".seal"
        log.append(rotated, log.state(log.checkpoint_text()))
        self.assert_verdict("tampered")

    def test_statements_that_were_swapped(self):
        log = self.log().write(1).checkpoint().write(1).checkpoint()
        first, one, two = self.notes(log.seal)
        self.put(first + two + one, log.seal)
        self.assert_verdict("tampered")

    def test_epoch_that_is_over(self):
        log = self.log().write(1).succeed().write(1)
        log.state(log.checkpoint_text(), keys=[log.log_key, epoch_key(1)])
        self.assert_verdict("tampered")

    def test_statement_without_the_key_of_the_log(self):
        log = self.log().write(1)
        log.state(log.checkpoint_text(), keys=[log.key()])
        self.assert_verdict("tampered")

    def test_forged_succession(self):
        log = self.log().write(1)
        log.secret = "forged"
        log.state("affidavit-succession 1\norigin %s\nepoch 1\nnext-epoch 2\nnext-key %s\nsize 1\nroot %s\nreason time\ntime %s\n" % (
            ORIGIN, log.key(2), encoded(log.tree.head()), TIME))
        self.assert_verdict("tampered")

    def test_one_bad_signature_of_a_key_that_is_known(self):
        log = self.log().write(1)
        good = note(log.checkpoint_text(), log.log_key, log.key())
        bad = log.log_key.signature("another text\n").encode()
        log.append(log.seal, good[:-1] + bad + b"\n")
        self.assert_verdict("tampered")

    def test_log_with_a_break(self):
        self.log().write(2).checkpoint().break_off().write(1).checkpoint()
        self.assert_verdict("tampered")

    def test_break_with_a_missing_seal_before(self):
        log = self.log().write(2).break_off().write(1).checkpoint()
        log.remove(log.files[0] + ".seal")
        self.assert_verdict("tampered")

    def test_only_seal_that_does_not_begin(self):
        log = self.log().write(1)
        for beginning in (b"", b"x", self.read(log.seal)[:100], b"\0" * 512):
            self.put(beginning, log.seal)
            self.assert_verdict("tampered")

    def test_links(self):
        log = self.three_files()
        for name in (log.files[0], log.files[1] + ".seal", log.name):
            with self.subTest(name=name):
                os.rename(os.path.join(self.directory, name), os.path.join(self.scratch, name))
                os.symlink(os.path.join(self.scratch, name), os.path.join(self.directory, name))
                self.assert_verdict("tampered")
                os.remove(os.path.join(self.directory, name))
                os.rename(os.path.join(self.scratch, name), os.path.join(self.directory, name))

    def test_block_that_does_not_count(self):
        log = self.three_files()
        name = log.files[0]
        log.say_prune(name)
        log.keep_seal(name)
        self.replace("pruned.seal", b"first 0", b"first 1")
        self.assert_verdict("tampered")  # it is none by its form
        self.put(log.block(name) * 2, "pruned.seal")
        self.assert_verdict("sealed")

    def test_lines_with_nul_that_were_sealed(self):
        log = self.log().write(3).checkpoint()
        log.append(log.name, b"\0\n")
        self.assert_verdict("sealed")
        self.replace(log.name, b'{"n":1}\n', b"")
        self.assert_verdict("tampered")

    def test_anything_behind_the_last_statement(self):
        log = self.three_files()
        sound = self.read(log.seal)
        for rest in (b"\n", b"x", b"affidavit-prune 2", ORIGIN.encode() + b"x", bytes(3) + b"x", b"affidavit-prune 1\n\n",
                     log.checkpoint_text().encode() + b"\nx", log.checkpoint_text().replace("example", "another").encode() + b"\n"):
            self.put(sound + rest, log.seal)
            self.assert_verdict("tampered")


class TestKeys(LogTest):
    def test_no_pins(self):
        self.three_files()
        self.assert_verdict("key-unknown", pins="")

    def test_other_pins(self):
        self.three_files()
        other = self.file("other", "%s\n%s\n" % (log_key("other"), epoch_key(1)))
        self.assert_verdict("key-unknown", pins=other)
        other = self.file("other", "%s\n%s\n" % (log_key(), epoch_key(1, "other")))
        self.assert_verdict("key-unknown", pins=other)

    def test_damage_without_pins(self):
        log = self.three_files()
        self.replace(log.files[1], b'{"n":5}', b'{"n":9}')
        self.assert_verdict("tampered", pins="")

    def test_log_that_another_wrote(self):
        SampleLog(self.directory, "another").write(2).checkpoint()
        self.assert_verdict("key-unknown")

    def test_pins_of_removed_files(self):
        log = self.three_files()
        log.prune(log.files[0])
        other = self.file("other", "%s\n%s\n" % (log_key(), epoch_key(1, "other")))
        self.assert_verdict("key-unknown", pins=other)


class TestAnchors(LogTest):
    def test_anchor_in_the_sealed_part(self):
        log = self.log().write(3)
        anchor = self.anchor(log)
        log.write(4).rotate().write(1).checkpoint()
        self.assert_verdict("anchored", anchor)
        log.write(1)
        self.assert_verdict("tail", anchor)

    def test_lost_lines(self):
        log = self.log().write(3).checkpoint()
        anchor = self.anchor(log.write(1))
        self.put(b"".join(self.read(log.name).splitlines(True)[:-1]), log.name)
        self.assert_verdict("truncated", anchor)

    def test_another_past(self):
        anchor = self.anchor(self.log().write(3))
        shutil.rmtree(self.directory)
        os.mkdir(self.directory)
        log = self.log()
        log.append(log.name, b"{}\n")
        log.tree.add(b"{}")
        log.write(5).checkpoint()
        self.assert_verdict("sealed")
        self.assert_verdict("rolled-back", anchor)

    def test_anchor_in_the_removed_part(self):
        log = self.log().write(3)
        anchor = self.anchor(log)
        log.write(2).rotate().write(1).checkpoint().prune(log.files[0])
        self.assertEqual(self.assert_verdict("sealed", anchor)["findings"][0]["rule"], "told")

    def test_anchor_with_a_bad_signature(self):
        log = self.log().write(3).checkpoint()
        text = log.checkpoint_text()
        anchor = self.file("anchor", note(text, log.log_key).decode().replace(text, text.replace("\n3\n", "\n2\n")))
        self.assert_verdict("key-unknown", anchor)

    def test_anchor_of_another(self):
        log = self.log().write(3).checkpoint()
        self.assert_verdict("key-unknown", self.anchor(log, log_key("another")))

    def test_anchor_over_lines_that_are_not_sealed(self):
        log = self.log().write(3).checkpoint().write(1)
        self.assert_verdict("tail")
        self.assert_verdict("seal-missing", self.anchor(log))

    def test_anchor_where_the_lines_were_removed(self):
        log = self.log().write(3)
        anchor = self.anchor(log)
        log.rotate().write(1).checkpoint().prune(log.files[0])
        self.assert_verdict("anchored", anchor)

    def test_anchor_without_a_log(self):
        anchor = self.anchor(self.log().write(3))
        shutil.rmtree(self.directory)
        os.mkdir(self.directory)
        self.assert_verdict("seal-missing")
        self.assert_verdict("truncated", anchor)


class TestProgram(LogTest):
    def run_program(self, *arguments, given=""):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "verify_log.py")
        return subprocess.run([sys.executable, program, *arguments], input=given, capture_output=True, text=True, check=False)

    def test_status(self):
        log = self.three_files()
        anchor = self.anchor(log)
        run = self.run_program(self.directory, "--pins", self.pins, "--against", anchor)
        self.assertEqual((run.returncode, json.loads(run.stdout)["verdict"]), (0, "anchored"))
        log.remove(log.name)
        self.assertEqual(self.run_program(self.directory, "--pins", self.pins).returncode, 1)
        self.assertEqual(self.run_program().returncode, 2)
        self.assertEqual(self.run_program(self.directory, "--pins", anchor).returncode, 2)

    def test_batch(self):
        log = self.three_files()
        lines = [[self.directory, self.pins, self.anchor(log)], [self.directory], [self.scratch + "/none", self.pins]]
        run = self.run_program("--batch", given="".join("\t".join(line) + "\n" for line in lines))
        verdicts = [json.loads(line)["verdict"] for line in run.stdout.splitlines()]
        self.assertEqual(verdicts, ["anchored", "key-unknown", "unusable"])


if __name__ == "__main__":
    unittest.main()
