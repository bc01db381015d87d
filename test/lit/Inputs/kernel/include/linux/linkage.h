#ifndef _LINUX_LINKAGE_H
#define _LINUX_LINKAGE_H

#define asmlinkage
#define __visible __attribute__((__externally_visible__))

#endif
