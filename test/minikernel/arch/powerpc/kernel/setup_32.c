#include <linux/bootmem.h>
#include <linux/init.h>
#include <linux/kernel.h>

#include <asm/machdep.h>
#include <asm/system.h>

extern char _end[];

static unsigned long memory_limit = 64UL << 20;

/* "mem=" in MiB. */
static int __init early_mem(char *text)
{
	unsigned long mebibytes = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		mebibytes = mebibytes * 10 + (*text - '0');
	if (!mebibytes)
		return -22;
	memory_limit = mebibytes << 20;
	return 0;
}
early_param("mem=", early_mem);

/* From head_32.S, long before start_kernel(). */
void __init machine_init(unsigned long device_tree)
{
	probe_machine();
}

void __init setup_arch(char **command_line)
{
	static char no_options[1];

	*command_line = no_options;
	parse_early_param();
	init_bootmem((unsigned long)_end, (unsigned long)_end + memory_limit);
	if (ppc_md.setup_arch)
		ppc_md.setup_arch();
}
