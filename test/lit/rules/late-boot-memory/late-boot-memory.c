// late-boot-memory: boot-time allocator used after the page allocator took over. It is no finding
// behind a guard that no longer holds, nor early enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings late-boot-memory %t | FileCheck %s --implicit-check-not="[bootorder-"

void *memblock_alloc(unsigned long size, unsigned long align);

static int handed_over;

void memblock_free_all(void) { handed_over = 1; }
void driver_init(void) {}

static void board_late(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: boot-time allocator used after the page allocator took over [bootorder-late-boot-memory]
	memblock_alloc(8, 8);
	if (!handed_over)
		memblock_alloc(8, 8);
}

static void board_early(void)
{
	memblock_alloc(8, 8);
}

void start_kernel(void)
{
	board_early();
	memblock_free_all();
	board_late();
	driver_init();
}
