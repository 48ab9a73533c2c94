package io.limiquantix.storage.driver.ova;

/**
 * A disk of an appliance that is written. Its names are made here.
 *
 * @param number from 1
 * @param hasFile whether anything is on it
 * @param fileBytes how many its file has
 */
record WrittenDisk(int number, long capacityBytes, boolean hasFile, long fileBytes) {
    String id() {
        return "vmdisk" + number;
    }

    String fileId() {
        return "file" + number;
    }

    String fileName() {
        return "appliance-disk" + number + ".vmdk";
    }
}
