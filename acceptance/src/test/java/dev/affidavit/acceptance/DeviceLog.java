package dev.affidavit.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The log as a power cut left it on the device, read without any part of the product.
 *
 * @param segments names of its files, oldest first
 * @param lines its finished lines
 * @param torn whether its last file ends with something else
 * @param tornBefore whether an earlier file does
 */
record DeviceLog(List<String> segments, List<String> lines, boolean torn, boolean tornBefore) {

    static DeviceLog read(Path log) throws IOException {
        List<String> segments = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        boolean torn = false;
        boolean tornBefore = false;
        for (Path file : Files.isDirectory(log) ? LogFiles.in(log) : List.<Path>of()) {
            tornBefore |= torn;
            String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            int end = intact(content);
            torn = end < content.length();
            segments.add(file.getFileName().toString());
            content.substring(0, end).lines().forEach(lines::add);
        }
        return new DeviceLog(List.copyOf(segments), List.copyOf(lines), torn, tornBefore);
    }

    /** Where the last line ends that is finished; one with a NUL, such as a device leaves for what it never got, is not. */
    private static int intact(String content) {
        int end = content.lastIndexOf('\n') + 1;
        while (end > 0) {
            int begin = content.lastIndexOf('\n', end - 2) + 1;
            if (content.indexOf('\0', begin) < 0 || content.indexOf('\0', begin) >= end) {
                return end;
            }
            end = begin;
        }
        return end;
    }
}
