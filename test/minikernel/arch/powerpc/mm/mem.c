#include <linux/bootmem.h>
#include <linux/init.h>
#include <linux/mm.h>

#include <asm/io.h>
#include <asm/system.h>

#define IOREMAP_TOP 0xfe000000UL

int mem_init_done;
unsigned long free_pages_start, free_pages_end;

/* From head_32.S: early mappings grow down from the top. */
void __init MMU_init(void)
{
	ioremap_bot = IOREMAP_TOP;
}

void __init mem_init(void)
{
	free_pages_start = free_all_bootmem();
	free_pages_end = free_pages_start + (16UL << 20);
	mem_init_done = 1;
}
