#include <linux/init.h>
#include <linux/slab.h>

#include <asm/io.h>

#define NVRAM_ADDRESS 0xfff04000UL
#define NVRAM_SIZE 8192UL

struct nvram {
	volatile u8 *bytes;
	u8 first;
};

static struct nvram *nvram;

/* An initcall: late enough to wait and to map as it likes. */
static int __init nvram_init(void)
{
	nvram = kmalloc(sizeof(*nvram), GFP_KERNEL);
	if (!nvram)
		return -12;
	nvram->bytes = ioremap(NVRAM_ADDRESS, NVRAM_SIZE);
	nvram->first = in_8(nvram->bytes);
	return 0;
}
device_initcall(nvram_init);
