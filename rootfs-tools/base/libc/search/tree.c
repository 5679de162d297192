/* tree.c -- tsearch and its kin [POSIX tsearch]. A treap: the priority of a node is a hash of its address, so that keys which
 * come in order do not make a list. A node begins with its key, which is what callers read of it.
 */
#include <search.h>
#include <stdlib.h>

struct node {
    const void *key;
    struct node *left, *right;
};

typedef int compare(const void *, const void *);

static unsigned int priority(const struct node *n)
{
    unsigned int v = (unsigned int)((unsigned long)n >> 4);
    v = (v ^ v >> 16) * 0x45D9F3Bu;
    v = (v ^ v >> 15) * 0x45D9F3Bu;
    return v ^ v >> 16;
}

/* The trees of what is below and above a key that is in neither. */
static void split(struct node *tree, const void *key, compare *order, struct node **below, struct node **above)
{
    while (tree) {
        if (order(key, tree->key) < 0) {
            *above = tree;
            above = &tree->left;
            tree = tree->left;
        } else {
            *below = tree;
            below = &tree->right;
            tree = tree->right;
        }
    }
    *below = *above = NULL;
}

static struct node *joined(struct node *below, struct node *above)
{
    struct node *root, **at = &root;
    while (below && above) {
        if (priority(below) > priority(above)) {
            *at = below;
            at = &below->right;
            below = below->right;
        } else {
            *at = above;
            at = &above->left;
            above = above->left;
        }
    }
    *at = below ? below : above;
    return root;
}

/* The link that leads to the key's node, or where it would hang; the node above in *parent. */
static struct node **find(const void *key, struct node **at, compare *order, struct node **parent)
{
    int c;
    *parent = NULL;
    while (*at && (c = order(key, (*at)->key)) != 0) {
        *parent = *at;
        at = c < 0 ? &(*at)->left : &(*at)->right;
    }
    return at;
}

void *tfind(const void *key, void *const *root, compare *order)
{
    struct node *parent;
    return root ? *find(key, (struct node **)root, order, &parent) : NULL;
}

void *tsearch(const void *key, void **root, compare *order)
{
    if (!root)
        return NULL;
    struct node *parent, **at = (struct node **)root, *found = *find(key, at, order, &parent);
    if (found)
        return found;
    struct node *n = malloc(sizeof *n);
    if (!n)
        return NULL;
    n->key = key;
    while (*at && priority(*at) >= priority(n))
        at = order(key, (*at)->key) < 0 ? &(*at)->left : &(*at)->right;
    split(*at, key, order, &n->left, &n->right);
    return *at = n;
}

/* The result is the node above; for the root anything that is not NULL. */
void *tdelete(const void *restrict key, void **restrict root, compare *order)
{
    if (!root)
        return NULL;
    struct node *parent, **at = find(key, (struct node **)root, order, &parent), *gone = *at;
    if (!gone)
        return NULL;
    *at = joined(gone->left, gone->right);
    free(gone);
    return parent ? (void *)parent : (void *)root;
}

static void walk(const struct node *n, void (*visit)(const void *, VISIT, int), int depth)
{
    if (!n->left && !n->right) {
        visit(n, leaf, depth);
        return;
    }
    visit(n, preorder, depth);
    if (n->left)
        walk(n->left, visit, depth + 1);
    visit(n, postorder, depth);
    if (n->right)
        walk(n->right, visit, depth + 1);
    visit(n, endorder, depth);
}

void twalk(const void *root, void (*visit)(const void *, VISIT, int))
{
    if (root && visit)
        walk(root, visit, 0);
}
