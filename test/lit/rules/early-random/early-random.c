// early-random: random numbers taken before the generator was seeded. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-random %t | FileCheck %s --implicit-check-not="[bootorder-"

void get_random_bytes(void *buf, unsigned long len);

static int seeded;
static char key[16];

void random_init(void) { seeded = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: random numbers taken before the generator was seeded [bootorder-early-random]
	get_random_bytes(key, 16);
	if (seeded)
		get_random_bytes(key, 16);
}

static void board_late(void)
{
	get_random_bytes(key, 16);
}

void start_kernel(void)
{
	board_early();
	random_init();
	board_late();
}
