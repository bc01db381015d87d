#ifndef __PMAC_H__
#define __PMAC_H__

void pmac_pic_init(void);
unsigned int pmac_pic_get_irq(void);
void pmac_calibrate_decr(void);

#endif
