"""The matrix products of generated kernels beside CLBlast's, on the first OpenCL device.

    python3 benchmarks/clblast.py

It needs libOpenCL.so.1, for the comparison libclblast.so.1 (Debian: libclblast1), and nothing else.
"""
import array
import ctypes
import os
import random
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDERS = [os.path.join(HERE, "opencl"), os.path.join(HERE, "../compiler/src/main/resources/opencl")]
FUNCTIONS = "load4 store4 share multiply".split()
SIZES = [(256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048)]
SIZES += [(64, 784, 128), (784, 64, 128), (64, 128, 10), (256, 784, 1024)]
SIZES += [(32, 128, 512), (1600, 64, 512), (128, 1600, 512), (1, 128, 512), (1600, 128, 1)]
PLAIN, LEFT, RIGHT = "a · b", "aᵀ · b", "a · bᵀ"

Handle = ctypes.c_void_p
Size = ctypes.c_size_t
opencl = ctypes.CDLL("libOpenCL.so.1")
for name in "CreateContext CreateCommandQueue CreateBuffer CreateProgramWithSource CreateKernel".split():
    getattr(opencl, "cl" + name).restype = Handle


def check(status):
    if status:
        sys.exit(f"OpenCL says {status}")


class Device:
    def __init__(self):
        platform, self.id = Handle(), Handle()
        check(opencl.clGetPlatformIDs(1, ctypes.byref(platform), None))
        check(opencl.clGetDeviceIDs(platform, ctypes.c_ulong(0xFFFFFFFF), 1, ctypes.byref(self.id), None))
        status = ctypes.c_int()
        self.context = Handle(opencl.clCreateContext(None, 1, ctypes.byref(self.id), None, None, ctypes.byref(status)))
        check(status.value)
        self.queue = Handle(opencl.clCreateCommandQueue(self.context, self.id, ctypes.c_ulong(0), ctypes.byref(status)))
        check(status.value)

    def name(self):
        text = ctypes.create_string_buffer(256)
        opencl.clGetDeviceInfo(self.id, 0x102B, Size(256), text, None)
        return text.value.decode()

    def buffer(self, numbers):
        size = 4 * len(numbers)
        memory = Handle(opencl.clCreateBuffer(self.context, ctypes.c_ulong(1), Size(size), None, None))
        start = ctypes.c_void_p(numbers.buffer_info()[0])
        check(opencl.clEnqueueWriteBuffer(self.queue, memory, 1, Size(0), Size(size), start, 0, None, None))
        return memory

    def read(self, memory, count):
        numbers = array.array("f", bytes(4 * count))
        start = ctypes.c_void_p(numbers.buffer_info()[0])
        check(opencl.clEnqueueReadBuffer(self.queue, memory, 1, Size(0), Size(4 * count), start, 0, None, None))
        return numbers

    def kernel(self, text, name):
        source = ctypes.c_char_p(text.encode("ascii", "replace"))
        program = Handle(opencl.clCreateProgramWithSource(self.context, 1, ctypes.byref(source), None, None))
        check(opencl.clBuildProgram(program, 1, ctypes.byref(self.id), b"-cl-std=CL1.2", None, None))
        return Handle(opencl.clCreateKernel(program, name.encode(), None))

    def run(self, kernel, group, items, buffers):
        for i, memory in enumerate(buffers):
            opencl.clSetKernelArg(kernel, i, Size(8), ctypes.byref(memory))
        sizes = (Size * 2)(*items), (Size * 2)(*group)
        check(opencl.clEnqueueNDRangeKernel(self.queue, kernel, 2, None, *sizes, 0, None, None))

    def seconds(self, action):
        """The median of seven measurements of at least 0.1 s each."""
        action()
        opencl.clFinish(self.queue)
        measured = []
        for _ in range(7):
            start, count = time.perf_counter(), 0
            while time.perf_counter() < start + 0.1:
                action()
                opencl.clFinish(self.queue)
                count += 1
            measured.append((time.perf_counter() - start) / count)
        return sorted(measured)[3]


def tile(rows, columns):
    """The items of a group along columns and rows, as the compiler's ProductWriter chooses them."""
    if (rows // 32) * (columns // 64) >= 128:
        return 16, 8
    across, down = (min(64, 1 << (max(1, -(-n // 4)) - 1).bit_length()) for n in (columns, rows))
    width = min(across, max(8, 64 // down))
    return width, max(min(down, max(8, 64 // width)), 32 // width)


def ours(device, rows, inner, columns, form):
    """The kernel that is generated for a product of this size, its groups and all its work items."""
    folder = next(path for path in FOLDERS if os.path.exists(path))
    functions = "\n".join(open(os.path.join(folder, name + ".cl")).read() for name in FUNCTIONS)
    width, height = tile(rows, columns)
    a = (1, rows) if form == LEFT else (inner, 1)
    b = (1, inner) if form == RIGHT else (columns, 1)
    text = f"""{functions}
kernel __attribute__((reqd_work_group_size({width}, {height}, 1))) void product(
    global const float *a, global const float *b, global float *c) {{
  local float4 left[{16 * (height + 1)}], right[{16 * (width + 1)}];
  multiply(a, {a[0]}, {a[1]}, b, {b[0]}, {b[1]}, c, {rows}, {inner}, {columns}, left, right);
}}
"""
    items = [-(-columns // (4 * width)) * width, -(-rows // (4 * height)) * height]
    return device.kernel(text, "product"), (width, height), items


def clblast():
    try:
        return ctypes.CDLL("libclblast.so.1")
    except OSError:
        print("CLBlast is not here (Debian: libclblast1)", file=sys.stderr)
        return None


def wrong(device, product, sides, size, form):
    """The greatest error of some numbers of a product, against sums in double precision."""
    rows, inner, columns = size
    found = device.read(product, rows * columns)
    greatest = 0
    for place in random.Random(7).sample(range(rows * columns), 50):
        i, j = divmod(place, columns)
        left = [sides[0][k * rows + i if form == LEFT else i * inner + k] for k in range(inner)]
        right = [sides[1][j * inner + k if form == RIGHT else k * columns + j] for k in range(inner)]
        greatest = max(greatest, abs(found[place] - sum(x * y for x, y in zip(left, right))))
    return greatest


def main():
    device, library = Device(), clblast()
    print(device.name(), end="\n\n")
    print("| size | form | generated, GFLOP/s | CLBlast, GFLOP/s | ratio | error |")
    print("|---|---|--:|--:|--:|--:|")
    for rows, inner, columns in SIZES:
        numbers = random.Random(5)
        sides = [
            array.array("f", [numbers.random() - 0.5 for _ in range(n)])
            for n in (rows * inner, inner * columns)
        ]
        a, b = (device.buffer(side) for side in sides)
        c, d = (device.buffer(array.array("f", bytes(4 * rows * columns))) for _ in "cd")
        for form in PLAIN, LEFT, RIGHT:
            kernel, group, items = ours(device, rows, inner, columns, form)

            def theirs():
                forms = (112 if form == LEFT else 111), (112 if form == RIGHT else 111)
                lengths = [Size(n) for n in (rows, columns, inner)]
                left, right = rows if form == LEFT else inner, inner if form == RIGHT else columns
                check(
                    library.CLBlastSgemm(
                        101, *forms, *lengths, ctypes.c_float(1), a, Size(0), Size(left), b, Size(0),
                        Size(right), ctypes.c_float(0), d, Size(0), Size(columns),
                        ctypes.byref(device.queue), None,
                    )
                )

            work = 2e-9 * rows * inner * columns
            own = work / device.seconds(lambda: device.run(kernel, group, items, [a, b, c]))
            other = work / device.seconds(theirs) if library else float("nan")
            error = max(wrong(device, p, sides, (rows, inner, columns), form) for p in ([c, d] if library else [c]))
            size = f"{rows} × {inner} × {columns}"
            print(f"| {size} | {form} | {own:.1f} | {other:.1f} | {own / other:.2f} | {error:.0e} |", flush=True)


main()
