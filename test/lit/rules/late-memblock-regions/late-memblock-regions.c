// late-memblock-regions: memblock's regions read after they were discarded. It is no finding behind a
// guard that no longer holds, nor early enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings late-memblock-regions %t | FileCheck %s --implicit-check-not="[bootorder-"

int memblock_is_memory(unsigned long addr);

static int regions_gone;

void memblock_discard(void) { regions_gone = 1; }

static void board_late(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: memblock's regions read after they were discarded [bootorder-late-memblock-regions]
	memblock_is_memory(8);
	if (!regions_gone)
		memblock_is_memory(8);
}

static void board_early(void)
{
	memblock_is_memory(8);
}

void start_kernel(void)
{
	board_early();
	memblock_discard();
	board_late();
}
