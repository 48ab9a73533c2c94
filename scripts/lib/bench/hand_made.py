"""The other side of "create": the same domain, made by a shell script with qemu-img, genisoimage and virsh."""

import os
import subprocess
import xml.etree.ElementTree as ElementTree

from installation import FOLDER

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "create-by-hand.sh")
HAND = FOLDER + "/hand"
CLOUD_INIT = {
    "meta-data": "instance-id: bench\nlocal-hostname: bench\n",
    "user-data": "#cloud-config\nusers:\n  - name: ada\n    lock_passwd: true\n",
    "network-config": "version: 2\nethernets:\n  eth0:\n    match: {name: 'e*'}\n    dhcp4: true\n",
}


def virsh(*arguments, check=True):
    return subprocess.run(["virsh", "-q", "-c", "qemu:///system", *arguments], check=check, capture_output=True,
                          text=True).stdout


def prepare(model):
    """Takes the definition of a domain that the platform has made; only what must differ differs. Answers its image."""
    os.makedirs(HAND, exist_ok=True)
    for name, text in CLOUD_INIT.items():
        _write(name, text)
    _write("domain.xml", plain(virsh("dumpxml", "--inactive", model), HAND))


def plain(definition, folder):
    """The same without what makes it the platform's, with NAME for its name and its files in the folder."""
    domain = ElementTree.fromstring(definition)
    domain.find("name").text = "NAME"
    for extra in ("uuid", "metadata"):
        domain.remove(domain.find(extra))
    for disk, suffix in zip(domain.findall("devices/disk/source"), ("qcow2", "iso")):
        disk.set("file", f"{folder}/NAME.{suffix}")
    domain.find("devices/serial/source").set("path", f"{folder}/NAME.serial")
    for console in domain.findall("devices/console"):
        domain.find("devices").remove(console)
    for nic in domain.findall("devices/interface"):
        nic.remove(nic.find("mac"))
    return ElementTree.tostring(domain, encoding="unicode")


def _write(name, text):
    with open(f"{HAND}/{name}", "w", encoding="utf-8") as file:
        file.write(text)


def create(name, image, size):
    subprocess.run([SCRIPT, HAND, name, image, str(size)], check=True)


def delete(name):
    virsh("destroy", name, check=False)
    virsh("undefine", name, check=False)
    for suffix in ("qcow2", "iso", "xml"):
        os.remove(f"{HAND}/{name}.{suffix}")
