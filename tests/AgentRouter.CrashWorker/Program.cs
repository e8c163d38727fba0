using System.Globalization;
using AgentRouter.CrashWorker.Work;

if (args is [MemoryWork.Name, var folder, var name, var diesAt])
{
    await MemoryWork.DoAsync(folder, name, int.Parse(diesAt, CultureInfo.InvariantCulture));
    return 0;
}

// a process that does what its arguments say, one job each: those that end one after the other, then those that end in a kill, together
List<CrashJob> jobs = [.. args.Select(CrashJob.Parse)];
foreach (CrashJob job in jobs.Where(job => job.DiesAt is null))
    await CrashWork.DoAsync(job, TimeProvider.System);
CrashJob[] mortal = [.. jobs.Where(job => job.DiesAt is not null)];
var death = new Death(mortal.Length);
await Task.WhenAll(mortal.Select(job => Task.Run(() => CrashWork.DoAsync(job, TimeProvider.System, death))));
return 0;
