package dev.affidavit.testkit.witness;

import java.util.Arrays;
import java.util.List;

/** RFC 9162, section 2.1.4.2, step by step, with nothing of the product in it. */
final class ConsistencyProof {
    private static final byte[] NODE = {1};

    private ConsistencyProof() {}

    /** Whether it proves that a tree of this size and root was only added to. */
    static boolean holds(long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
        if (first == second) {
            return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        if (first == 0) {
            return proof.isEmpty();
        }
        if (proof.isEmpty() || first > second) {
            return false;
        }
        boolean isPowerOfTwo = Long.bitCount(first) == 1;
        List<byte[]> path = isPowerOfTwo ? proof : proof.subList(1, proof.size());
        byte[] start = isPowerOfTwo ? firstRoot : proof.get(0);
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        byte[] fr = start;
        byte[] sr = start;
        for (byte[] c : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = Keys.sha256(NODE, c, fr);
                sr = Keys.sha256(NODE, c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = Keys.sha256(NODE, sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot);
    }
}
