// early-static-key: static key changed before jump_label_init. It is no finding behind a guard that
// does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-static-key %t | FileCheck %s --implicit-check-not="[bootorder-"

struct static_key { int enabled; };

void static_key_enable(struct static_key *key);

static struct static_key board_key;
static int static_key_initialized;

void jump_label_init(void) { static_key_initialized = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: static key changed before jump_label_init [bootorder-early-static-key]
	static_key_enable(&board_key);
	if (static_key_initialized)
		static_key_enable(&board_key);
}

static void board_late(void)
{
	static_key_enable(&board_key);
}

void start_kernel(void)
{
	board_early();
	jump_label_init();
	board_late();
}
