package dev.affidavit.encryption;

import java.util.Base64;

/**
 * Writes long texts of {@link Base64Url} with the JDK's encoder, for which processors have instructions. That takes whole
 * arrays alone, so bytes go through arrays of fixed lengths: copying them costs less than making new ones. Not thread-safe.
 */
final class Base64UrlWriter {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Block large = new Block(768);
    private final Block small = new Block(96);

    /** Takes bytes of one length, a multiple of three, so that texts can be joined. */
    private static final class Block {
        final byte[] in;
        final byte[] out;

        Block(int bytes) {
            in = new byte[bytes];
            out = new byte[Math.toIntExact(Base64Url.encodedLength(bytes))];
        }

        void write(byte[] bytes, int from, byte[] into, int at) {
            System.arraycopy(bytes, from, in, 0, in.length);
            ENCODER.encode(in, out);
            System.arraycopy(out, 0, into, at, out.length);
        }
    }

    /** As {@link Base64Url#encode(byte[], int, int, byte[], int)}. */
    int write(byte[] bytes, int from, int length, byte[] into, int at) {
        int done = writeBlocks(large, bytes, from, length, into, at);
        done += writeBlocks(small, bytes, from + done, length - done, into, at + textOf(done));
        return Base64Url.encode(bytes, from + done, length - done, into, at + textOf(done));
    }

    /** How many bytes were written. */
    private static int writeBlocks(Block block, byte[] bytes, int from, int length, byte[] into, int at) {
        int done = 0;
        while (length - done >= block.in.length) {
            block.write(bytes, from + done, into, at + textOf(done));
            done += block.in.length;
        }
        return done;
    }

    private static int textOf(int bytes) {
        return bytes / 3 * 4;
    }
}
