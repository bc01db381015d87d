/*
 * One cache of fixed-size objects, enough to show what matters: a full cache grows, and growing
 * enables interrupts around the page allocator when the caller may wait.
 */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

#define OBJECT_SIZE 256UL

struct object {
	struct object *next;
};

struct kmem_cache {
	struct object *free;
	unsigned long grown;
};

static struct kmem_cache boot_cache;
static struct kmem_cache *malloc_cache;
static int slab_late;

static int cache_grow(struct kmem_cache *cache, gfp_t flags)
{
	unsigned long page, offset;

	if (flags & __GFP_WAIT)
		local_irq_enable();
	page = (unsigned long)__get_free_pages(flags & ~__GFP_ZERO, 0);
	if (flags & __GFP_WAIT)
		local_irq_disable();
	if (!page)
		return 0;

	for (offset = 0; offset < PAGE_SIZE; offset += OBJECT_SIZE) {
		struct object *object = (struct object *)(page + offset);

		object->next = cache->free;
		cache->free = object;
	}
	cache->grown++;
	return 1;
}

static void *cache_alloc(struct kmem_cache *cache, size_t size, gfp_t flags)
{
	struct object *object;
	unsigned long irq_flags;

	BUG_ON(size > OBJECT_SIZE);
	local_irq_save(irq_flags);
	if (!cache->free && !cache_grow(cache, flags)) {
		local_irq_restore(irq_flags);
		return NULL;
	}
	object = cache->free;
	cache->free = object->next;
	local_irq_restore(irq_flags);
	if (flags & __GFP_ZERO)
		memset(object, 0, OBJECT_SIZE);
	return object;
}

void *__kmalloc(size_t size, gfp_t flags)
{
	return cache_alloc(malloc_cache, size, flags);
}

void *__kmalloc_node(size_t size, gfp_t flags, int node)
{
	return cache_alloc(malloc_cache, size, flags);
}

void kfree(const void *memory)
{
	struct object *object = (struct object *)memory;

	if (!object)
		return;
	object->next = malloc_cache->free;
	malloc_cache->free = object;
}

void __init kmem_cache_init(void)
{
	malloc_cache = &boot_cache;
}

void __init kmem_cache_init_late(void)
{
	slab_late = 1;
}
