package dev.affidavit.forward;

import java.util.List;

/** Lines that are next, at least one, in order. */
record Batch(List<Parcel> parcels) {
    int size() {
        return parcels.size();
    }

    long bytes() {
        return parcels.stream().mapToLong(Parcel::bytes).sum();
    }

    /** The first lines, as many as have {@code limit} bytes together; at least one. */
    Batch within(long limit) {
        long bytes = 0;
        int count = 0;
        while (count < parcels.size()
                && (count == 0 || bytes + parcels.get(count).bytes() <= limit)) {
            bytes += parcels.get(count++).bytes();
        }
        return first(count);
    }

    Batch first(int count) {
        return count == parcels.size() ? this : new Batch(parcels.subList(0, count));
    }

    /** The lines behind the first {@code count}. */
    List<Parcel> after(int count) {
        return List.copyOf(parcels.subList(count, parcels.size()));
    }
}
