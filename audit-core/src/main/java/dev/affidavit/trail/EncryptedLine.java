package dev.affidavit.trail;

import dev.affidavit.spi.Encrypter;
import dev.affidavit.store.Line;
import dev.affidavit.store.StoreException;
import java.io.IOException;

/** A line that is encrypted when its place in the log is known. Used once. */
final class EncryptedLine implements Line {
    private final Line plain;
    private final Encrypter encrypter;
    private final KeysAhead keys;

    /** @param encrypter used in the writer's turn alone */
    EncryptedLine(Line plain, Encrypter encrypter, KeysAhead keys) {
        this.plain = plain;
        this.encrypter = encrypter;
        this.keys = keys;
    }

    @Override
    public int maxLength() {
        return encrypter.maxStoredLength(plain.maxLength());
    }

    @Override
    public void settle() {
        plain.settle();
    }

    @Override
    public void enter(String segment) {
        plain.enter(segment);
        try {
            encrypter.encrypt(segment, plain.bytes(), plain.length());
        } catch (IOException e) {
            throw new StoreException("not recorded, since it cannot be encrypted: " + e.getMessage(), e);
        }
        if (!encrypter.isPrepared()) {
            keys.wanted();
        }
    }

    @Override
    public byte[] bytes() {
        return encrypter.bytes();
    }

    @Override
    public int length() {
        return encrypter.length();
    }
}
