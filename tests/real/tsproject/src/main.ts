import { area, Shape } from "./shapes";
import { Queue, drain } from "./queue";

enum Level { Low = 1, High = 1 << 4 }

interface Job { priority: number; name: `job-${string}`; shape?: Shape }

type Names<T> = { [K in keyof T as `get${Capitalize<string & K>}`]-?: () => T[K] };

const q = new Queue<Job>();
q.push({ priority: Level.High, name: "job-a", shape: { kind: "circle", radius: 2 } });
q.push({ priority: Level.Low, name: "job-b" }, { priority: 3, name: "wrong" });

const getters: Names<Job> = { getPriority: () => 1, getName: () => "job-c" };

drain(q, async (job) => {
    console.log(job.name, area(job.shape));
});

const total: string = [...q].reduce((sum, j) => sum + j.priority, 0);
const unknownName = undeclared + total;
export { unknownName, getters };
