package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineTreeTest {
    /** The leaves of the tests of Certificate Transparency. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void shouldHaveTheHeadsThatOthersHave(int size, String head) {
        LineTree tree = new LineTree();
        for (String leaf : LEAVES.subList(0, size)) {
            byte[] line = HexFormat.of().parseHex(leaf);
            tree.lineStored(line, 0, line.length);
        }

        assertThat(HexFormat.of().formatHex(tree.head())).isEqualTo(head);
        assertThat(tree.size()).isEqualTo(size);
    }

    @Test
    void shouldHaveTheHeadOfTheDefinitionAtEverySize() throws Exception {
        Random random = new Random(1);
        LineTree tree = new LineTree();
        List<byte[]> lines = new ArrayList<>();
        for (int size = 1; size <= 300; size++) {
            byte[] line = new byte[random.nextInt(200)];
            random.nextBytes(line);
            lines.add(line);
            byte[] among = new byte[line.length + 7];
            System.arraycopy(line, 0, among, 5, line.length);

            tree.lineStored(among, 5, line.length);

            assertThat(tree.head()).as("size %d", size).isEqualTo(head(lines));
        }
    }

    /** As RFC 9162 defines it, section 2.1.1. */
    static byte[] head(List<byte[]> lines) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        if (lines.size() == 1) {
            sha256.update((byte) 0);
            return sha256.digest(lines.get(0));
        }
        int split = Integer.highestOneBit(lines.size() - 1);
        byte[] left = head(lines.subList(0, split));
        byte[] right = head(lines.subList(split, lines.size()));
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }
}
