/* index_masks.h -- addresses of 64-bit guests that are a sum of something and a small index: the index is added behind the mask.
 *
 * The address of an access is masked (runtime/address_space.h). Where one of two summands is small, masking the other alone is as good:
 * the sum reaches into the guard behind the window at most, and faults there. What is masked then is often the address of a table, which
 * does not change in a loop, and the index goes into the host's addressing mode: the mask leaves the way that every look-up waits for.
 */
#ifndef XLATE_WORKER_INDEX_MASKS_H
#define XLATE_WORKER_INDEX_MASKS_H

#include <llvm-c/Types.h>

/* After optimisation, when it is seen how large values can be. */
void free_indexes_of_masks(LLVMModuleRef module);

#endif
