package dev.affidavit.encryption;

import java.util.Base64;

/**
 * Writes long texts of {@link Base64Url} with the JDK's encoder, for which processors have instructions. That takes whole
 * arrays alone, so bytes go through arrays of fixed lengths: copying them costs less than making new ones. Not thread-safe.
 */
final class Base64UrlWriter {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Each takes half of what the one before takes: so few are needed for any length. */
    private final Block[] blocks = {
        new Block(3072), new Block(1536), new Block(768), new Block(384), new Block(192), new Block(96), new Block(48)
    };

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
        int done = 0;
        for (Block block : blocks) {
            while (length - done >= block.in.length) {
                block.write(bytes, from + done, into, at + textOf(done));
                done += block.in.length;
            }
        }
        return Base64Url.encode(bytes, from + done, length - done, into, at + textOf(done));
    }

    private static int textOf(int bytes) {
        return bytes / 3 * 4;
    }
}
