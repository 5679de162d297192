export class Queue<T extends { priority: number }> implements Iterable<T> {
    #items: T[] = [];

    push(...items: T[]): this {
        this.#items.push(...items);
        this.#items.sort((a, b) => b.priority - a.priority);
        return this;
    }

    pop(): T | undefined {
        return this.#items.shift();
    }

    *[Symbol.iterator](): Iterator<T> {
        yield* this.#items;
    }
}

export async function drain<T extends { priority: number }>(q: Queue<T>, f: (item: T) => Promise<void>): Promise<number> {
    let n = 0;
    for (let item = q.pop(); item; item = q.pop()) {
        await f(item);
        n++;
    }
    return n;
}
