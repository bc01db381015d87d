// Another boot than Linux's, by rules alone: U-Boot's two lists of functions, before and after relocation.
//
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 2023.1.0
// RUN: %exits 1 %bootorder check -p %t --rules u-boot | FileCheck %s --implicit-check-not="[bootorder-"

typedef int (*init_fnc_t)(void);

void *malloc(unsigned long size);

static int have_heap;

static int board_init(void)
{
	// CHECK: main.c:[[#@LINE+1]]:2: error: memory allocated before relocation [bootorder-early-heap-use]
	malloc(32);
	if (have_heap)
		malloc(32);
	return 0;
}

static int board_late_init(void)
{
	malloc(32);
	return 0;
}

static int initr_malloc(void)
{
	have_heap = 1;
	return 0;
}

static const init_fnc_t init_sequence_f[] = { board_init, 0 };
static const init_fnc_t init_sequence_r[] = { initr_malloc, board_late_init, 0 };

static int initcall_run_list(const init_fnc_t list[])
{
	for (; *list; list++)
		if ((*list)())
			return 1;
	return 0;
}

void board_init_f(unsigned long flags)
{
	initcall_run_list(init_sequence_f);
}

void board_init_r(void *gd, unsigned long address)
{
	initcall_run_list(init_sequence_r);
}

// CHECK: board_init_f
// CHECK: initcall_run_list
// CHECK: = board_init
