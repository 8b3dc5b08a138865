"""A running server to be measured: its CPU time and memory as the system counts them."""
import os
import re
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """`parindex COMMAND --data DATA` on a port the system chooses, until `stop`."""

    def __init__(self, binary, command, data):
        self.started = time.monotonic()
        arguments = [binary, command, "--data", str(data), "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.address = re.search(r"http://[\d.]+:\d+", line).group()

    def cpu(self):
        """CPU seconds of the process so far, user and system, all threads."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        """Resident megabytes: highest so far and now."""
        with open(f"/proc/{self.process.pid}/status") as file:
            found = dict(re.findall(r"^(VmHWM|VmRSS):\s+(\d+) kB", file.read(), re.M))
        return int(found["VmHWM"]) / 1024, int(found["VmRSS"]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
