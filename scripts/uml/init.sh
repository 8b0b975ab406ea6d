#!/bin/bash
# Pid 1 of the second kernel: makes a machine of the files of the first one, runs the command, and switches off. boot.mjs copies this
# file into $VETHLAB_UML_FOLDER, which comes as a word of the kernel's command line.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
folder=$VETHLAB_UML_FOLDER

mount -t proc proc /proc
switch_off() {
  sync
  echo o > /proc/sysrq-trigger
  # It takes a moment, and the end of pid 1 would be a panic.
  while :; do sleep 1; done
}
trap 'echo "vethlab-uml: line $LINENO of init.sh failed"; switch_off' ERR

# Nothing that happens here may reach the machine's files: whatever is written lies in memory, over a root that is mounted read-only.
modprobe -d "$folder" overlay
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
cd /mnt/root
mkdir -p mnt/old
# Not chroot: a process in one may not make user namespaces.
pivot_root . mnt/old
cd /
mount -t proc proc /proc
mount -t sysfs sys /sys
# As today's distributions have it; the machine around us may have the older ones.
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts -o ptmxmode=0666 devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
umount -l /mnt/old
# The one folder that the machine sees as we do.
mount -t hostfs -o "$folder/out" none /mnt

# Where modprobe and the kernel itself look for modules.
mkdir -p "/lib/modules/$(uname -r)"
mount --bind "$folder/lib/modules/$(uname -r)" "/lib/modules/$(uname -r)"
# Warnings only: the console belongs to the command now.
echo 4 > /proc/sys/kernel/printk
missing=
while read -r module; do
  modprobe -q "$module" || missing="$missing $module"
done < "$folder/wanted-modules"
[ -z "$missing" ] || echo "vethlab-uml: this kernel has no module$missing"
ip link set lo up

echo 'vethlab-uml: up'
# A pipe, so that programs print lines and no pictures; also for those who are left without one to write to.
status=0
/bin/bash "$folder/command" < /dev/null 2>&1 | cat || status=$?
echo "$status" > /mnt/status
sync
echo 'vethlab-uml: down'
switch_off
